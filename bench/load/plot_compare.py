"""Draws what compare.sh has measured, as SVG: plot_compare.py RESULTS FOLDER writes FOLDER/servers-rate.svg and FOLDER/servers-latency.svg"""

import math
import os
import sys

from results import Results

WIDTH, LEFT, BAR, GAP = 800, 235, 13, 26
COLORS = {"ceiling": "#999999", "skiff": "#1a7f37", "skiff-jit": "#8ddb8c", "onnx": "#bf8700", "python-fast": "#0969da", "python-cached": "#54aeff", "python": "#b6e3ff"}


def main():
    results, folder = Results(sys.argv[1]), sys.argv[2]
    draw(os.path.join(folder, "servers-rate.svg"), results, "requests a second that are answered, logarithmic", results.rate, "{:,.0f}")
    draw(os.path.join(folder, "servers-latency.svg"), results, "p99 at half of each server's own load, ms, logarithmic",
         lambda model, rows, server: (results.median(model, rows, server, "open", "p99_us") or 0) / 1000, "{:,.2f}")


def draw(path, results, title, value, form):
    groups = []
    for model in results.models:
        for rows in results.rows(model):
            bars = [(server, value(model, rows, server)) for server in results.servers(model, rows) if server in COLORS]
            bars = [(server, height) for server, height in bars if height]
            if bars:
                groups.append((f"{model}, {rows:,} row{'s' * (rows > 1)}", bars))
    values = [height for _, bars in groups for _, height in bars]
    lowest, highest = (10 ** edge for edge in (math.floor(math.log10(min(values)) - 0.01), math.log10(max(values))))
    height = 40 + sum(len(bars) * BAR + GAP for _, bars in groups)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{height}" fill="white"/>', f'<text x="{LEFT}" y="18">{title}</text>']
    top = 36
    for name, bars in groups:
        lines.append(f'<text x="6" y="{top + BAR - 2}" font-weight="bold">{name}</text>')
        for server, height in bars:
            length = math.log(height / lowest) / math.log(highest / lowest) * (WIDTH - LEFT - 80)
            lines.append(f'<text x="{LEFT - 6}" y="{top + BAR - 3}" text-anchor="end" font-size="11" fill="{COLORS[server]}">{server}</text>')
            lines.append(f'<rect x="{LEFT}" y="{top}" width="{length:.1f}" height="{BAR - 2}" fill="{COLORS[server]}"/>')
            lines.append(f'<text x="{LEFT + length + 5:.1f}" y="{top + BAR - 3}" font-size="11">{form.format(height)}</text>')
            top += BAR
        top += GAP
    with open(path, "w") as file:
        file.write("\n".join([*lines, "</svg>", ""]))


if __name__ == "__main__":
    main()
