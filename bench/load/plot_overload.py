"""Draws what became of requests in each tenth of a second, as SVG: plot_overload.py SERIES CAPACITY >FILE"""

import sys

WIDTH, PANEL, LEFT, TOP, GAP = 760, 200, 60, 30, 50
COLORS = {"due": "#999999", "answered": "#1a7f37", "refused": "#bf8700", "p99": "#0969da"}


def main():
    with open(sys.argv[1]) as file:
        rows = [[float(cell) for cell in line.split(",")] for line in file]
    capacity = float(sys.argv[2])
    start = rows[0][0]
    times = [row[0] - start for row in rows]
    rates = {name: [row[column] * 10 for row in rows] for name, column in (("due", 1), ("answered", 2), ("refused", 3))}
    latencies = {"p99": [row[7] / 1000 for row in rows]}
    height = TOP + 2 * PANEL + 2 * GAP
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="12">')
    print(f'<rect width="{WIDTH}" height="{height}" fill="white"/>')
    panel("requests in a second, as many as can be answered dashed", TOP, times, rates, capacity)
    panel("p99 of what was answered, ms", TOP + PANEL + GAP, times, latencies, None)
    print("</svg>")


def panel(title, top, times, lines, mark):
    highest = max(max(values) for values in lines.values()) or 1
    span = times[-1] or 1

    def point(time, value):
        return f"{LEFT + time / span * (WIDTH - LEFT - 20):.1f},{top + PANEL - value / highest * PANEL:.1f}"

    print(f'<text x="{LEFT}" y="{top - 8}">{title}</text>')
    print(f'<path d="M{LEFT},{top}V{top + PANEL}H{WIDTH - 20}" fill="none" stroke="black"/>')
    print(f'<text x="{LEFT - 6}" y="{top + 10}" text-anchor="end">{highest:,.0f}</text>')
    print(f'<text x="{WIDTH - 20}" y="{top + PANEL + 16}" text-anchor="end">{span:.0f} s</text>')
    if mark:
        print(f'<path d="M{point(0, mark)}L{point(span, mark)}" stroke="black" stroke-dasharray="4 4"/>')
    for place, (name, values) in enumerate(lines.items()):
        color = COLORS[name]
        points = " ".join(point(time, value) for time, value in zip(times, values))
        print(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="1.5"/>')
        print(f'<text x="{WIDTH - 20}" y="{top + 12 + 15 * place}" text-anchor="end" fill="{color}">{name}</text>')


if __name__ == "__main__":
    main()
