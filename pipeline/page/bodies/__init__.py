"""How a written article becomes HTML, one module a format, found by the format's name.

A module has `body(data: bytes, encoding: str) -> HtmlElement`: the article's file as an HTML tree. It need not be
clean: `pipeline.page.clean` keeps what belongs on the page. A format without a module is laid out from its units alone.
"""
