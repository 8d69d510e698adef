package dev.sluice.kubeapi.http;

import dev.sluice.kubeapi.status.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A parsed {@code Accept} header: media ranges in the client's order. */
public record Accept(List<Range> ranges) {

    public static final String JSON = "application/json";

    private static final String TABLE = JSON + ";as=Table;v=v1;g=meta.k8s.io";

    public Accept {
        ranges = List.copyOf(ranges);
    }

    /** A media range with its parameters. */
    public record Range(String type, Map<String, String> parameters) {

        public Range {
            parameters = Map.copyOf(parameters);
        }

        boolean isJson() {
            boolean json = type.equals(JSON) || type.equals("*/*") || type.equals("application/*");
            return json && !parameters.containsKey("as");
        }

        boolean isTable() {
            return type.equals(JSON)
                    && parameters
                            .entrySet()
                            .containsAll(Map.of("as", "Table", "v", "v1", "g", "meta.k8s.io")
                                    .entrySet());
        }
    }

    public static Accept parse(@Nullable String header) {
        String ranges = header == null || header.isBlank() ? "*/*" : header;
        return new Accept(Stream.of(ranges.split(",", -1)).map(Accept::range).toList());
    }

    private static Range range(String part) {
        String[] pieces = part.split(";", -1);
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < pieces.length; i++) {
            String[] pair = pieces[i].trim().split("=", 2);
            parameters.put(pair[0].toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].replace("\"", "") : "");
        }
        return new Range(pieces[0].trim().toLowerCase(Locale.ROOT), parameters);
    }

    /**
     * Requires that the client accepts JSON.
     *
     * @throws ApiException 406 if it does not
     */
    public void requireJson() {
        choose(range -> range.isJson() ? Optional.of(JSON) : Optional.empty(), JSON);
    }

    /** Whether the response is a table instead of objects. @throws ApiException 406 if the client accepts neither */
    public boolean isTable() {
        return choose(
                range -> range.isTable() ? Optional.of(true) : range.isJson() ? Optional.of(false) : Optional.empty(),
                JSON + ", " + TABLE);
    }

    /** Returns the first non-empty result of {@code choice} for a range. @throws ApiException 406 if there is none */
    public <T> T choose(Function<Range, Optional<T>> choice, String offered) {
        return ranges.stream()
                .map(choice)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> ApiException.notAcceptable(offered));
    }
}
