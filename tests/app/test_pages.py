"""Page shells, the built front-end, security headers."""

import json
import re
from pathlib import Path

import httpx
import pytest

from app.assets import Entry, Manifest
from app.main import create_app
from app.settings import Settings

pytestmark = pytest.mark.anyio

PAGES = {
    "/": "src/home/main.ts",
    "/graph": "src/graph/main.ts",
    "/embed/graph": "src/embed/main.ts",
    "/train": "src/train/main.ts",
    "/compare": "src/compare/main.ts",
}
PLAIN = "src/plain/main.ts"


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """What Vite leaves behind, in small."""
    shared = {"file": "assets/shared-1a2b.js", "css": ["assets/shared-3c4d.css"]}
    leaf = {"file": "assets/leaf-9a9a.js", "imports": ["_shared.js"]}
    manifest = {"_shared.js": shared, "_leaf.js": leaf} | {
        source: {
            "file": f"assets/{source.split('/')[1]}-5e6f.js",
            "isEntry": True,
            "imports": ["_leaf.js", "_shared.js"],
            "css": [f"assets/{source.split('/')[1]}-7a8b.css"],
        }
        for source in (*PAGES.values(), PLAIN)
    }
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "assets").mkdir()
    for name in ("graph-5e6f.js", "graph-7a8b.css", "layout-0c0c.wasm", "letters-1d1d.woff2"):
        (tmp_path / "assets" / name).write_text("content")
    (tmp_path / "note.txt").write_text("content")
    return tmp_path


@pytest.fixture
async def site(dist: Path) -> httpx.AsyncClient:
    # nothing here computes, so no worker is started
    app = create_app(Settings(static=dist))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://chainrule.test")


@pytest.mark.parametrize(("path", "source"), PAGES.items())
async def test_page_loads_its_own_files(path: str, source: str, site: httpx.AsyncClient) -> None:
    response = await site.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    name = source.split("/")[1]
    assert f'<script type="module" src="/static/assets/{name}-5e6f.js"></script>' in response.text
    assert response.text.count(f'href="/static/assets/{name}-7a8b.css"') == 1
    assert response.text.count('href="/static/assets/shared-3c4d.css"') == 1
    assert response.text.count('rel="modulepreload"') == 2
    assert '<div id="app"></div>' in response.text


@pytest.mark.parametrize("path", PAGES)
async def test_page_hands_over_its_data(path: str, site: httpx.AsyncClient) -> None:
    text = (await site.get(path)).text
    match = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', text, re.DOTALL)
    assert match
    data = json.loads(match[1])
    assert data["page"] == PAGES[path].split("/")[1]
    if path in {"/train", "/compare"}:
        assert {entry["name"] for entry in data["choices"]["datasets"]} >= {"spiral", "circles"}
    else:
        assert data["examples"][0]["row"] == "L1"


@pytest.mark.parametrize("path", [*PAGES, "/api", "/nothing"])
async def test_nonce_is_the_policys_and_new_each_time(path: str, site: httpx.AsyncClient) -> None:
    nonces: set[str] = set()
    for _ in range(2):
        response = await site.get(path, headers={"accept": "text/html"})
        policy = response.headers["content-security-policy"]
        match = re.search(r"style-src 'self' 'nonce-([\w-]+)'", policy)
        assert match
        assert (
            f'name="csp-nonce" property="csp-nonce" nonce="{match[1]}" content="{match[1]}"' in response.text
        )
        assert set(re.findall(r'<style nonce="([^"]*)"', response.text)) <= {match[1]}
        nonces.add(match[1])
    assert len(nonces) == 2


@pytest.mark.parametrize("path", [*PAGES, "/api", "/nothing"])
async def test_page_has_nothing_inline_and_nothing_from_elsewhere(path: str, site: httpx.AsyncClient) -> None:
    text = (await site.get(path, headers={"accept": "text/html"})).text
    assert " style=" not in text
    assert not re.search(r"\son\w+=", text)
    assert not re.search(r"<style>|<script>", text)
    assert not re.search(r'(src|href)="(https?:)?//', text)


@pytest.mark.parametrize(
    "path",
    ["/", "/graph", "/embed", "/healthz", "/api/v1/ops", "/nothing", "/static/note.txt", "/static/none"],
)
async def test_every_answer_has_the_security_headers(path: str, site: httpx.AsyncClient) -> None:
    headers = (await site.get(path)).headers
    policy = headers["content-security-policy"]
    for rule in (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert rule in policy.split("; ")
    assert "unsafe-inline" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/graph", "/train"])
async def test_embedded_pages_alone_may_be_framed(path: str, site: httpx.AsyncClient) -> None:
    framed, plain = [(await site.get(one)).headers for one in (f"/embed{path}", path)]
    rules, others = (headers["content-security-policy"].split("; ") for headers in (framed, plain))
    assert {rule.split()[0] for rule in set(rules) ^ set(others)} == {"frame-ancestors", "style-src"}
    assert "frame-ancestors * data: blob: file:" in rules
    assert framed["cross-origin-resource-policy"] == "cross-origin"
    assert "x-frame-options" not in framed


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("graph-5e6f.js", "text/javascript; charset=utf-8"),
        ("graph-7a8b.css", "text/css; charset=utf-8"),
        ("layout-0c0c.wasm", "application/wasm"),
        ("letters-1d1d.woff2", "font/woff2"),
    ],
)
async def test_hashed_files_have_their_type_and_are_kept(
    name: str, kind: str, site: httpx.AsyncClient
) -> None:
    response = await site.get(f"/static/assets/{name}")
    assert response.headers["content-type"] == kind
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_other_files_are_asked_for_again(site: httpx.AsyncClient) -> None:
    assert (await site.get("/static/note.txt")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/../pyproject.toml", "/static/%2e%2e/%2e%2e/etc/passwd", "/static//etc/passwd"]
)
async def test_no_file_outside_is_served(path: str, site: httpx.AsyncClient) -> None:
    assert (await site.get(path)).status_code == 404


async def test_page_without_a_built_front_end_says_so(tmp_path: Path) -> None:
    app = create_app(Settings(static=tmp_path / "not there"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://chainrule.test"
    ) as site:
        response = await site.get("/graph")
        assert response.status_code == 200
        assert "The front-end is not built" in response.text
        assert "make setup" in response.text
        assert (await site.get("/static/assets/graph.js")).status_code == 404


def test_manifest_is_read_again_when_built_anew(dist: Path) -> None:
    manifest = Manifest(dist)
    assert manifest.entry("src/graph/main.ts") == Entry(
        "assets/graph-5e6f.js",
        ("assets/graph-7a8b.css", "assets/shared-3c4d.css"),
        ("assets/leaf-9a9a.js", "assets/shared-1a2b.js"),
    )
    assert manifest.entry("src/other/main.ts") is None
    (dist / ".vite" / "manifest.json").write_text("{ half written")
    assert manifest.entry("src/graph/main.ts") is None
    (dist / ".vite" / "manifest.json").write_text('{"src/graph/main.ts": {"file": "assets/new.js"}}')
    assert manifest.entry("src/graph/main.ts") == Entry("assets/new.js", (), ())


async def test_favicon(site: httpx.AsyncClient) -> None:
    response = await site.get("/favicon.svg")
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.text.startswith("<svg")


async def test_api_page_lists_every_route_and_message(site: httpx.AsyncClient) -> None:
    text = (await site.get("/api")).text
    document = (await site.get("/api/v1/openapi.json")).json()
    for path in document["paths"]:
        assert f" {path}</code>" in text
    for kind in (
        "configure",
        "play",
        "pause",
        "step",
        "rewind",
        "speed",
        "drawn",
        "ready",
        "frame",
        "status",
    ):
        assert f"<h3><code>{kind}</code>" in text
    assert "WS /api/v1/trainings/live" in text
    # every route has an entry in the contents
    for methods in document["paths"].values():
        for operation in methods.values():
            assert f'<a href="#{operation["operationId"]}">{operation["summary"]}</a>' in text
            assert f'id="{operation["operationId"]}"' in text
    assert "`" not in text
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))


async def test_api_page_tells_every_field_of_graphs_and_of_lines(site: httpx.AsyncClient) -> None:
    text = (await site.get("/api")).text
    schemas = (await site.get("/api/v1/openapi.json")).json()["components"]["schemas"]
    for model in ("GraphRequest", "GraphAnswer", "ShapesAnswer", "Statement", "Lumpable", "TruncatedTensor"):
        for field in schemas[model]["properties"]:
            assert f"<td><code>{field}</code>" in text
    for model in ("SweepRequest", "SweepReady", "MemberFrame", "MemberProblem", "Progress", "SweepSummary"):
        for field in schemas[model]["properties"]:
            assert f"<td><code>{field}</code>" in text
    assert "<h4>Line <code>progress</code></h4>" in text
    assert "<td><code>client-id</code>" in text
