package dev.mailroom.mime;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What composing and rendering a mail costs: processor time, and bytes allocated. One row for each shape of mail. */
public final class ComposingBenchmark {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String TEXT = ("x".repeat(70) + "\n").repeat(14);
    private static final int RUNS = 9;

    private ComposingBenchmark() {
    }

    private static Map<String, Draft> shapes() {
        Attachment[] images = new Attachment[3];
        Arrays.setAll(images,
                i -> new Attachment("i" + i + ".png", "image/png", ContentSource.of(new byte[2_000]), "i" + i));
        Map<String, Draft> shapes = new LinkedHashMap<>();
        shapes.put("1 KiB text", Mails.bodies(TEXT, ""));
        shapes.put("1 KiB text and HTML", Mails.bodies(TEXT, TEXT));
        shapes.put("text, 1 attachment of 10 KiB", Mails.bodies(TEXT, "", Mails.file("a.pdf", new byte[10_240])));
        shapes.put("text, HTML, 3 images of 2 kB", Mails.bodies(TEXT, TEXT, images));
        shapes.put("text, 1 attachment of 25 MiB", Mails.bodies(TEXT, "", Mails.file("a.zip", new byte[25 << 20])));
        return shapes;
    }

    /** Prints a table in Markdown. */
    public static void main(String[] arguments) throws IOException {
        System.out.println("| mail | CPU, µs (least – most) | allocated, bytes |");
        System.out.println("| --- | --- | --- |");
        for (Map.Entry<String, Draft> shape : shapes().entrySet()) {
            boolean large = shape.getKey().contains("MiB");
            run(shape.getValue(), large ? 20 : 20_000);
            List<Double> micros = new ArrayList<>();
            long allocated = 0;
            for (int i = 0; i < RUNS; i++) {
                int mails = large ? 5 : 3_000;
                long cpu = THREADS.getCurrentThreadCpuTime();
                long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
                run(shape.getValue(), mails);
                allocated = (THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / mails;
                micros.add((THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / mails);
            }
            Collections.sort(micros);
            System.out.printf("| %s | %.1f (%.1f – %.1f) | %,d |%n", shape.getKey(), micros.get(RUNS / 2),
                    micros.get(0), micros.get(RUNS - 1), allocated);
        }
    }

    private static void run(Draft draft, int mails) throws IOException {
        for (int i = 0; i < mails; i++) {
            Mails.COMPOSER.compose(draft).mail().data().writeTo(OutputStream.nullOutputStream());
        }
    }
}
