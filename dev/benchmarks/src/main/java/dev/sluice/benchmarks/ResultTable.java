package dev.sluice.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;

/** Formats medians as a Markdown table, followed by the ratios that have a target. */
final class ResultTable {

    /** A measurement, its baseline, and the required ratio of their times. */
    private record Target(String measured, String baseline, double factor, String wanted) {}

    private static final List<Target> TARGETS = List.of(
            new Target(
                    "ArchiveBenchmark.archive", "ArchiveBenchmark.plainArchive", 0.5, "at most 0.5 times the baseline"),
            new Target(
                    "IndexBenchmark.index", "IndexBenchmark.gunzipAndDigest", 1.3, "at most 1.3 times the baseline"));

    private final Collection<RunResult> results;

    private ResultTable(Collection<RunResult> results) {
        this.results = results;
    }

    static String of(Collection<RunResult> results) {
        ResultTable table = new ResultTable(results);
        String rows = results.stream().map(ResultTable::row).collect(Collectors.joining());
        String ratios = TARGETS.stream().map(table::ratio).collect(Collectors.joining());
        return "| benchmark | median time | ± | unit |\n| --- | ---: | ---: | --- |\n" + rows + "\n" + ratios;
    }

    private static String row(RunResult result) {
        double error = result.getPrimaryResult().getScoreError();
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %s | %s |\n",
                name(result),
                median(result),
                Double.isNaN(error) ? "" : String.format(Locale.ROOT, "%.1f", error),
                result.getPrimaryResult().getScoreUnit());
    }

    /** The median of the iterations, because it is robust against outliers. */
    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        String shortened = full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1);
        String parameters = result.getParams().getParamsKeys().stream()
                .map(key -> " " + key + "=" + result.getParams().getParam(key))
                .collect(Collectors.joining());
        return shortened + parameters;
    }

    private String ratio(Target target) {
        double measured = score(target.measured);
        double baseline = score(target.baseline);
        if (Double.isNaN(measured) || Double.isNaN(baseline)) {
            return "";
        }
        double ratio = measured / baseline;
        return String.format(
                Locale.ROOT,
                "- %s takes %.2f times %s; target: %s: %s\n",
                target.measured,
                ratio,
                target.baseline,
                target.wanted,
                ratio <= target.factor ? "met" : "missed");
    }

    private double score(String name) {
        return results.stream()
                .filter(result -> name(result).equals(name))
                .mapToDouble(ResultTable::median)
                .findFirst()
                .orElse(Double.NaN);
    }
}
