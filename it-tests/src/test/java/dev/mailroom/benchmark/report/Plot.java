package dev.mailroom.benchmark.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Bars of mails a second, a panel for each scenario, as SVG for light and dark pages. */
public final class Plot {
    private static final int WIDTH = 900;
    private static final int COLUMNS = 2;
    private static final int MARGIN = 20;
    private static final int LABELS = 205;
    private static final int VALUES = 65;
    private static final int BAR = 13;
    private static final int STEP = 19;
    private static final int TITLE = 26;
    private static final String STYLE = """
            <style>
              text { font: 11.5px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
              .title { font-weight: 600; font-size: 12.5px; }
              .page { fill: #ffffff; } .peer { fill: #9aa4af; } .c { fill: #6e7781; } .ours { fill: #0969da; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .page { fill: #0d1117; } .peer { fill: #57606a; } .c { fill: #8b949e; } .ours { fill: #2f81f7; }
              }
            </style>
            """;

    private final Results results;
    private final StringBuilder svg = new StringBuilder();

    private Plot(Results results) {
        this.results = results;
    }

    /** A scenario and its title. */
    public record Panel(String scenario, String title) {
    }

    /** The whole picture; a panel without results is left out. */
    public static String of(Results results, List<Panel> panels) {
        return new Plot(results).draw(panels.stream().filter(panel -> !results.of(panel.scenario).isEmpty()).toList());
    }

    private String draw(List<Panel> panels) {
        int y = MARGIN;
        for (int i = 0; i < panels.size(); i += COLUMNS) {
            int height = 0;
            for (int column = 0; column < COLUMNS && i + column < panels.size(); column++) {
                height = Math.max(height, panel(panels.get(i + column), MARGIN + column * WIDTH / COLUMNS, y));
            }
            y += height + MARGIN;
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + y + "\" width=\"" + WIDTH
                + "\" height=\"" + y + "\" role=\"img\" aria-label=\"Mails a second by scenario and client\">\n"
                + STYLE + "<rect class=\"page\" width=\"" + WIDTH + "\" height=\"" + y + "\"/>\n" + svg + "</svg>\n";
    }

    /** Draws one, the fastest client first, and returns its height. */
    private int panel(Panel panel, int x, int y) {
        text(x, y + BAR, "title", panel.title + ", mails/s");
        List<Result> rows = results.of(panel.scenario).stream()
                .sorted(Comparator.comparingDouble((Result result) -> result.rate().median()).reversed()).toList();
        double most = rows.get(0).rate().median();
        int longest = WIDTH / COLUMNS - 2 * MARGIN - LABELS - VALUES;
        int top = y + TITLE;
        for (Result row : rows) {
            double length = Math.max(1, row.rate().median() / most * longest);
            String kind = row.contender().startsWith(Results.OURS) ? "ours"
                    : row.contender().equals(Results.IN_C) ? "c" : "peer";
            text(x, top + BAR - 3, "label", row.contender());
            svg.append(String.format(Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                    kind, x + LABELS, top, length, BAR));
            text((int) (x + LABELS + length + 6), top + BAR - 3, "value", Figures.rate(row.rate().median()));
            top += STEP;
        }
        return top - y;
    }

    private void text(int x, int y, String kind, String text) {
        svg.append("<text class=\"").append(kind).append("\" x=\"").append(x).append("\" y=\"").append(y).append("\">")
                .append(text.replace("&", "&amp;").replace("<", "&lt;")).append("</text>\n");
    }
}
