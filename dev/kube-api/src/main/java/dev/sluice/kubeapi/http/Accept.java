package dev.sluice.kubeapi.http;

import dev.sluice.kubeapi.status.ApiException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A parsed {@code Accept} header: media ranges in the client's order of preference. */
public record Accept(List<Range> ranges) {

    public Accept {
        ranges = List.copyOf(ranges);
    }

    /** One media range with its parameters other than {@code q}. */
    public record Range(String type, Map<String, String> parameters, double quality) {

        public Range {
            parameters = Map.copyOf(parameters);
        }

        public String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        public boolean isJson() {
            return type.equals("application/json") || type.equals("*/*") || type.equals("application/*");
        }

        public boolean isYaml() {
            return type.equals("application/yaml");
        }
    }

    public static Accept parse(@Nullable String header) {
        List<Range> ranges = new ArrayList<>();
        for (String part : (header == null || header.isBlank() ? "*/*" : header).split(",", -1)) {
            if (!part.isBlank()) {
                ranges.add(range(part));
            }
        }
        ranges.sort(Comparator.comparingDouble(Range::quality).reversed());
        return new Accept(ranges);
    }

    private static Range range(String part) {
        String[] pieces = part.split(";", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < pieces.length; i++) {
            String[] pair = pieces[i].trim().split("=", 2);
            parameters.put(pair[0].toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].replace("\"", "") : "");
        }
        String quality = parameters.remove("q");
        return new Range(pieces[0].trim().toLowerCase(Locale.ROOT), parameters, quality(quality));
    }

    private static double quality(@Nullable String text) {
        try {
            return text == null ? 1 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** The first range for which {@code choice} has an answer. @throws ApiException 406 when there is none */
    public <T> T choose(Function<Range, Optional<T>> choice, String offered) {
        return ranges.stream()
                .filter(r -> r.quality() > 0)
                .map(choice)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> ApiException.notAcceptable(offered));
    }
}
