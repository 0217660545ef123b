"""Grow a trained model: more layers in the encoder, wider feed-forward layers; what it says stays nearly the same.

    python training/grow.py FOLDER OUT --enc 6 --ffn 1536 [--like RUN]

A new layer is a copy of the one below it whose two outputs are set to zero, so that the residual alone passes through
(progressive stacking, Gong et al. 2019; zeroed outputs as in Chen et al. 2016, Net2Net, arXiv:1511.05641). Marian
normalises after the residual: the new layer's first normalisation takes off the scale that the layer below gave, and
the second puts its mean back. New neurons begin with drawn inputs and no output. Training goes on with `train.py
--begin`.

What was grown wider only says exactly what it said before. To average it with the run that went on from it
(`average.py`), grow it once more `--like` that run: the new neurons then have the run's inputs, so that the mean of the
two has the run's neurons with half of their output, and not neurons that look at half of what they learned to look at.
"""

import argparse
from pathlib import Path

import torch
from model import build
from transformers import MarianMTModel


def sources(old: int, new: int) -> list[int | None]:
    """For each layer of the grown encoder the layer it continues, or None for a new one; new ones are spread evenly.

    Raises ValueError if there would be fewer layers than before, or more than twice as many.
    """
    if not old <= new <= 2 * old:
        raise ValueError(f"an encoder of {old} layers grows to {old} to {2 * old}, not {new}")
    after = {round((i + 1) * old / (new - old)) - 1 for i in range(new - old)} if new > old else set()
    return [x for i in range(old) for x in ((i, None) if i in after else (i,))]


@torch.no_grad()
def passing(layer: torch.nn.Module, below: torch.nn.Module) -> None:
    """Make `layer` a copy of the one below that passes its input through, but for what its normalisations change."""
    layer.load_state_dict(below.state_dict())
    for outputs in (layer.self_attn.out_proj, layer.fc2):
        outputs.weight.zero_()
        outputs.bias.zero_()
    scale, shift = below.final_layer_norm.weight, below.final_layer_norm.bias
    layer.self_attn_layer_norm.weight.fill_(1.0)
    layer.self_attn_layer_norm.bias.zero_()
    layer.final_layer_norm.weight.fill_((scale.square() + shift.square()).mean().sqrt().item())
    layer.final_layer_norm.bias.fill_(shift.mean().item())


@torch.no_grad()
def widen(layer: torch.nn.Module, old: torch.nn.Module) -> None:
    """Copy `old` into a layer whose feed-forward part is wider."""
    state, had = layer.state_dict(), old.state_dict()
    width = len(had["fc1.bias"])
    for name, value in state.items():
        if name == "fc1.weight":
            value[width:] *= had[name].std() / value.std()
            value[:width] = had[name]
        elif name == "fc1.bias":
            value.zero_()
            value[:width] = had[name]
        elif name == "fc2.weight":
            value.zero_()
            value[:, :width] = had[name]
        else:
            value.copy_(had[name])


@torch.no_grad()
def look_alike(new: MarianMTModel, run: MarianMTModel, width: int) -> None:
    """Give the neurons after the first `width` of each layer the inputs that they have in `run`; nothing else changes.

    Raises ValueError if the two are not of one shape.
    """
    layers = [[*m.model.encoder.layers, *m.model.decoder.layers] for m in (new, run)]
    for mine, its in zip(*layers, strict=True):
        if mine.fc1.weight.shape != its.fc1.weight.shape:
            raise ValueError("the run is not of the grown shape")
        mine.fc1.weight[width:] = its.fc1.weight[width:]
        mine.fc1.bias[width:] = its.fc1.bias[width:]


def grown(old: MarianMTModel, enc: int, ffn: int) -> MarianMTModel:
    """The grown model. Raises ValueError if it would shrink."""
    c = old.config
    if ffn < c.encoder_ffn_dim:
        raise ValueError(f"feed-forward layers of {c.encoder_ffn_dim} do not grow to {ffn}")
    new = build(c.pad_token_id, c.d_model, enc, c.decoder_layers, ffn, c.encoder_attention_heads)
    with torch.no_grad():
        new.model.shared.weight.copy_(old.model.shared.weight)
        new.final_logits_bias.copy_(old.final_logits_bias)
    for layer, before in zip(new.model.decoder.layers, old.model.decoder.layers, strict=True):
        widen(layer, before)
    layers = new.model.encoder.layers
    for i, continued in enumerate(sources(c.encoder_layers, enc)):
        if continued is None:
            passing(layers[i], layers[i - 1])
        else:
            widen(layers[i], old.model.encoder.layers[continued])
    return new


def main() -> None:
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("folder", type=Path, help="a trained model, such as pipeline/models/en-zh/hf")
    a.add_argument("out", type=Path)
    a.add_argument("--enc", type=int, required=True)
    a.add_argument("--ffn", type=int, required=True)
    a.add_argument("--like", type=Path, help="a run that went on from this growth: new neurons look at what its own do")
    o = a.parse_args()
    torch.manual_seed(1)
    old = MarianMTModel.from_pretrained(o.folder, dtype=torch.float32)
    new = grown(old, o.enc, o.ffn)
    if o.like:
        look_alike(new, MarianMTModel.from_pretrained(o.like, dtype=torch.float32), old.config.encoder_ffn_dim)
    new.save_pretrained(o.out)
    print(f"{sum(p.numel() for p in new.parameters()) / 1e6:.1f} M parameters in {o.out}")


if __name__ == "__main__":
    main()
