package dev.mailroom.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.benchmark.report.Plot.Panel;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class PlotTest {
    private static final List<Panel> PANELS = List.of(new Panel("x", "TLS & more"), new Panel("missing", "no figures"));

    private static Document plot(Result... results) throws Exception {
        String svg = Plot.of(Samples.results(results), PANELS);
        assertFalse(svg.contains("no figures"), svg);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> bars(Document plot) {
        NodeList all = plot.getElementsByTagName("rect");
        return java.util.stream.IntStream.range(1, all.getLength()).mapToObj(i -> (Element) all.item(i)).toList();
    }

    @Test
    void barsAreAsLongAsRatesAndTheFastestComesFirst() throws Exception {
        List<Element> bars = bars(plot(Samples.result("x", "Peer <1>", 50), Samples.result("x", "Mailroom", 100),
                Samples.result("x", Results.IN_C, 25)));
        assertEquals(List.of("ours", "peer", "c"), bars.stream().map(bar -> bar.getAttribute("class")).toList());
        double longest = Double.parseDouble(bars.get(0).getAttribute("width"));
        assertEquals(longest / 2, Double.parseDouble(bars.get(1).getAttribute("width")), 0.1);
        assertEquals(longest / 4, Double.parseDouble(bars.get(2).getAttribute("width")), 0.1);
    }

    @Test
    void nothingSticksOut() throws Exception {
        Document plot = plot(Samples.result("x", "Mailroom", 100), Samples.result("x", "Peer", 50));
        int height = Integer.parseInt(plot.getDocumentElement().getAttribute("height"));
        for (Element bar : bars(plot)) {
            assertTrue(Integer.parseInt(bar.getAttribute("y")) + Integer.parseInt(bar.getAttribute("height")) < height);
        }
    }

    @Test
    void withoutFiguresThereIsAnEmptyPicture() throws Exception {
        assertEquals(List.of(), bars(plot()));
    }
}
