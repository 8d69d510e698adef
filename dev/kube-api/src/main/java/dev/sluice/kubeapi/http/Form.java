package dev.sluice.kubeapi.http;

import java.util.Optional;

/** What a client wants to see of objects, and in which encoding. */
public record Form(Encoding encoding, View view) {

    /** How much of the objects. */
    public enum View {
        FULL,
        TABLE,
        METADATA
    }

    private static final String OFFERED = Encoding.OFFERED + ", application/json;as=Table;v=v1;g=meta.k8s.io,"
            + " application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,"
            + " application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    public static Form negotiate(Accept accept) {
        return accept.choose(
                range -> Encoding.of(range).flatMap(e -> view(range).map(v -> new Form(e, v))), OFFERED);
    }

    /** Watches are JSON only: there is no framing for other encodings. */
    public static Form negotiateStream(Accept accept) {
        return accept.choose(
                range -> range.isJson() ? view(range).map(v -> new Form(Encoding.JSON, v)) : Optional.empty(),
                "application/json");
    }

    private static Optional<View> view(Accept.Range range) {
        String as = range.parameter("as");
        if (as.isEmpty()) {
            return Optional.of(View.FULL);
        }
        if (!range.parameter("g").equals("meta.k8s.io") || !range.parameter("v").equals("v1")) {
            return Optional.empty();
        }
        return switch (as) {
            case "Table" -> Optional.of(View.TABLE);
            case "PartialObjectMetadata", "PartialObjectMetadataList" -> Optional.of(View.METADATA);
            default -> Optional.empty();
        };
    }
}
