"""The layers in bfloat16, beside the float32 weights that learn: for machines that multiply bfloat16 faster.

Autocast converts every weight and most activations on their way into each product, and keeps the sums between layers
in float32; on a CPU that traffic costs more than a quarter of the time. Here all that the layers pass on is bfloat16.
Embeddings and positions stay float32 until they are added.
"""

import copy
import time
from collections.abc import Iterator

import torch
from transformers import MarianModel


class Halves:
    """A bfloat16 copy of a model's layers; `gather` brings its gradients to the weights it was copied from."""

    def __init__(self, body: MarianModel) -> None:
        """Copy the layers of `body`."""
        self.body, self.scale = body, body.encoder.embed_scale
        self.copy = copy.deepcopy(body).to(torch.bfloat16)
        for side in (self.copy.encoder, self.copy.decoder):
            side.embed_positions.weight.data.zero_()
        self.copy.decoder.embed_scale = 1.0  # Marian's decoder scales vectors that it is given; the encoder does not
        shared = {id(self.copy.shared.weight)}
        pairs = zip(body.parameters(), self.copy.parameters(), strict=True)
        both = [(p, q) for p, q in pairs if p.requires_grad and id(q) not in shared]
        self.whole, self.half = [p for p, _ in both], [q for _, q in both]

    def begin(self, *sides: torch.Tensor) -> Iterator[torch.Tensor]:
        """What goes into the first layer of each side: scaled embeddings and positions.

        One lookup for both, since each lookup has a gradient as large as the whole embedding.
        """
        weight = self.body.shared.weight
        flat = torch.cat([ids.flatten() for ids in sides])
        found = torch.nn.functional.embedding(flat, weight, padding_idx=self.body.shared.padding_idx) * self.scale
        for ids, vectors in zip(sides, found.split([ids.numel() for ids in sides]), strict=True):
            positions = self.body.encoder.embed_positions.weight[: ids.shape[1]]
            yield (vectors.view(*ids.shape, -1) + positions).bfloat16()

    def __call__(self, input_ids: torch.Tensor, decoder_input_ids: torch.Tensor, **options: object) -> object:
        """As the model itself, with the weights that it has now."""
        with torch.no_grad():
            torch._foreach_copy_(self.half, self.whole)
        source, target = self.begin(input_ids, decoder_input_ids)
        return self.copy(inputs_embeds=source, decoder_inputs_embeds=target, **options)

    def gather(self) -> None:
        """Give the gradients of the last backward pass to the weights."""
        for p, q in zip(self.whole, self.half, strict=True):
            p.grad, q.grad = q.grad.float(), None


def half_is_faster() -> bool:
    """Whether this CPU multiplies matrices faster in bfloat16: five times with AVX-512 BF16 or AMX, slower without."""
    spent = {}
    for dtype in (torch.float32, torch.bfloat16):
        a, b = torch.randn(3000, 256, dtype=dtype), torch.randn(256, 1024, dtype=dtype)
        for k in range(40):
            if k == 10:
                begun = time.perf_counter()
            a @ b
        spent[dtype] = time.perf_counter() - begun
    return spent[torch.bfloat16] < spent[torch.float32]
