#!/usr/bin/env python3
"""Writes what the lock files know of the packages that are compiled into the programs: THIRD-PARTY-NOTICES.md and deploy/sbom/*.cdx.json (CycloneDX 1.6).

    dotnet restore src/Skiff.Cli -r linux-arm64 && dotnet restore src/Skiff.Gateway -r linux-arm64 && tools/packages/packages.py

Run it after a package has changed; PackageListTests says so where it was forgotten. Licences and copyrights come from the restored packages' own descriptions. Everything
written follows from lock files and packages alone: no time, no serial number, so that the same sources make the same image.
"""
import base64
import json
import os
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("NUGET_PACKAGES", pathlib.Path.home() / ".nuget/packages"))
PROGRAMS = {"skiff": "Skiff.Cli", "skiff-gateway": "Skiff.Gateway"}
PLATFORMS = ["linux-x64", "linux-arm64"]

# What only builds: nothing of it is in a program. The compiler's runtime, which is, is a package of its own below.
BUILDS = {"Microsoft.CodeAnalysis.BannedApiAnalyzers", "Microsoft.CodeAnalysis.PublicApiAnalyzers", "Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks"}

# What the SDK downloads beside the packages and links into a program; the lock files do not know it.
RUNTIME = ["Microsoft.NETCore.App.Runtime.NativeAOT.{}", "Microsoft.AspNetCore.App.Runtime.{}"]

ALLOWED = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT"}

# Packages from before licence expressions: the licence that stands behind the address in their description, read there.
BY_ADDRESS = {
    "https://github.com/MiloszKrajewski/K4os.Compression.LZ4/blob/master/LICENSE?raw=true": "MIT",
    "https://raw.githubusercontent.com/MiloszKrajewski/K4os.Hash.xxHash/master/LICENSE": "MIT",
}


class Package:
    def __init__(self, name, version, content_hash=None):
        self.name, self.version, self.content_hash = name, version, content_hash
        folder = CACHE / name.lower() / version
        if not folder.is_dir():
            sys.exit(f"packages: {name} {version} is not in {CACHE}: restore first, as the head of this file says")
        sums = folder / f"{name.lower()}.{version}.nupkg.sha512"
        self.sha512 = base64.b64decode(sums.read_text()).hex()
        described = xml.parse(folder / f"{name.lower()}.nuspec").getroot()
        self.texts = {re.sub("{.*}", "", child.tag): child for child in described[0]}
        copyright = self.text("copyright")
        self.copyright = re.sub(r"\s+", " ", self.text("authors") if not copyright or "licensed under" in copyright else copyright)
        self.licence = self.read_licence()

    def text(self, tag):
        child = self.texts.get(tag)
        return (child.text or "").strip() if child is not None else ""

    def read_licence(self):
        declared = self.texts.get("license")
        if declared is not None and declared.get("type") == "expression":
            licence = declared.text.strip()
        else:
            licence = BY_ADDRESS.get(self.text("licenseUrl"))
        if licence not in ALLOWED:
            sys.exit(f"packages: {self.name} {self.version} has the licence {licence or self.text('licenseUrl') or 'none'}, which is not one of {', '.join(sorted(ALLOWED))}")
        return licence

    def source(self):
        repository = self.texts.get("repository")
        return (repository.get("url") if repository is not None else "") or self.text("projectUrl")

    def purl(self):
        return f"pkg:nuget/{self.name}@{self.version}"


def locked(project):
    """The packages of a program, without what only builds."""
    lock = json.loads((ROOT / "src" / project / "packages.lock.json").read_text())
    return [Package(name, entry["resolved"], entry["contentHash"]) for name, entry in sorted(lock["dependencies"]["net10.0"].items())
            if entry["type"] != "Project" and name not in BUILDS]


def runtime(platform):
    version = re.search("<DotNetRuntimeVersion>(.*)</DotNetRuntimeVersion>", (ROOT / "Directory.Packages.props").read_text()).group(1)
    return [Package(name.format(platform), version) for name in RUNTIME]


def component(package):
    entry = {
        "type": "library", "bom-ref": package.purl(), "name": package.name, "version": package.version,
        "hashes": [{"alg": "SHA-512", "content": package.sha512}],
        "licenses": [{"license": {"id": package.licence}}],
        "copyright": package.copyright, "purl": package.purl(),
        "externalReferences": [{"type": "vcs", "url": package.source()}],
    }
    if package.content_hash:
        entry["properties"] = [{"name": "nuget:contentHash", "value": package.content_hash}]
    return entry


def sbom(program, packages):
    version = re.search("<Version>(.*)</Version>", (ROOT / "Directory.Build.props").read_text()).group(1)
    reference = f"pkg:generic/{program}@{version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": reference, "name": program, "version": version, "licenses": [{"license": {"id": "Apache-2.0"}}], "purl": reference}},
        "components": [component(package) for package in packages],
        "dependencies": [{"ref": reference, "dependsOn": [package.purl() for package in packages]}],
    }


def notices(packages):
    lines = [
        "# Third-party notices", "",
        "Skiff is licensed under the Apache License 2.0 (LICENSE). Its programs contain the packages below; this page is written by tools/packages/packages.py from the lock files.", "",
        "| package | version | licence | copyright |", "| --- | --- | --- | --- |",
    ]
    lines += [f"| [{package.name}]({package.source()}) | {package.version} | {package.licence} | {package.copyright} |" for package in packages]
    lines += ["", "What .NET, ASP.NET Core and OpenTelemetry contain of others is in the notices of those packages, which are in the images under `/app/licenses`.", "",
              "## Apache-2.0", "", "The text is that of Skiff's own LICENSE.", "", "## MIT", "", (pathlib.Path(__file__).parent / "MIT.txt").read_text().strip()]
    return "\n".join(lines) + "\n"


def main():
    everything = {}
    for program, project in PROGRAMS.items():
        packages = locked(project)
        for platform in PLATFORMS:
            target = ROOT / "deploy/sbom" / f"{program}.{platform}.cdx.json"
            target.write_text(json.dumps(sbom(program, packages + runtime(platform)), indent=2, ensure_ascii=False) + "\n")
        everything |= {package.name: package for package in packages + runtime("linux-x64")}
    (ROOT / "THIRD-PARTY-NOTICES.md").write_text(notices([everything[name] for name in sorted(everything, key=str.lower)]))


if __name__ == "__main__":
    main()
