package dev.sluice.kubeapi.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code url} and what can be asked of one. */
final class UrlFunctions {

    private static final CelType URL = OpaqueType.create("net.URL");

    private UrlFunctions() {}

    static List<CelFunction> all() {
        return List.of(
                CelFunction.named("url")
                        .function(
                                "string_to_url",
                                URL,
                                List.of(SimpleType.STRING),
                                CelFunctionBinding.from("string_to_url", String.class, UrlFunctions::parse))
                        .build(),
                CelFunction.named("isURL")
                        .function(
                                "is_url_string",
                                SimpleType.BOOL,
                                List.of(SimpleType.STRING),
                                CelFunctionBinding.from("is_url_string", String.class, text -> find(text) != null))
                        .build(),
                part("getScheme", SimpleType.STRING, url -> text(url.getScheme())),
                part(
                        "getHost",
                        SimpleType.STRING,
                        url -> text(url.getRawAuthority()).replaceFirst("^.*@", "")),
                part(
                        "getHostname",
                        SimpleType.STRING,
                        url -> text(url.getHost()).replaceAll("^\\[|]$", "")),
                part("getPort", SimpleType.STRING, url -> url.getPort() < 0 ? "" : Integer.toString(url.getPort())),
                part("getEscapedPath", SimpleType.STRING, url -> text(url.getRawPath())),
                part(
                        "getQuery",
                        MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
                        UrlFunctions::query));
    }

    private static CelFunction part(String name, CelType result, CelFunctionOverload.Unary<URI> part) {
        String id = "url_" + name;
        return CelFunction.named(name)
                .method(id, result, List.of(URL), CelFunctionBinding.from(id, URI.class, part))
                .build();
    }

    private static String text(@Nullable String part) {
        return Objects.requireNonNullElse(part, "");
    }

    private static URI parse(String text) throws CelEvaluationException {
        URI url = find(text);
        if (url == null) {
            throw new CelEvaluationException(
                    "URL parse error during conversion from string: parse \"" + text + "\": invalid URI for request");
        }
        return url;
    }

    /** Null for what is neither absolute nor a path from the root. */
    private static @Nullable URI find(String text) {
        try {
            URI url = new URI(withSpacesEscaped(text));
            return url.isAbsolute() || text.startsWith("/") ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** Go takes spaces in paths, Java does not. */
    private static String withSpacesEscaped(String text) {
        int authority = text.indexOf("//");
        int path = text.indexOf('/', authority < 0 ? 0 : authority + 2);
        return path < 0 ? text : text.substring(0, path) + text.substring(path).replace(" ", "%20");
    }

    private static Map<String, List<String>> query(URI url) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : text(url.getRawQuery()).split("&", -1)) {
            int split = pair.indexOf('=');
            String name = split < 0 ? pair : pair.substring(0, split);
            String value = split < 0 ? "" : pair.substring(split + 1);
            if (!name.isEmpty()) {
                query.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
