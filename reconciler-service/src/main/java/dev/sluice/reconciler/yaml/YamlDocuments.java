package dev.sluice.reconciler.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file of YAML documents, whose roots must be maps. */
public final class YamlDocuments {

    /** The largest file that is read; larger ones are not configuration. */
    public static final int MAX_BYTES = 10 * 1024 * 1024;

    private static final String SEPARATOR = "---";

    private YamlDocuments() {}

    /** The documents in their order; one without content is an empty map. */
    public static List<Map<String, @Nullable Object>> read(byte[] content) throws InvalidYamlException {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        for (String document : split(decode(content))) {
            documents.add(YamlReader.read(document));
        }
        return documents;
    }

    private static String decode(byte[] content) throws InvalidYamlException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidYamlException("it is not UTF-8 text", e);
        }
    }

    /**
     * Cuts at lines that begin with the separator before YAML is parsed, as the reference does; what it does not accept
     * behind a separator is an error here too.
     */
    private static List<String> split(String text) throws InvalidYamlException {
        List<String> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (isSeparator(line)) {
                addTo(documents, document);
                document.setLength(0);
            } else {
                document.append(line).append('\n');
            }
        }
        addTo(documents, document);
        return documents;
    }

    private static boolean isSeparator(String line) throws InvalidYamlException {
        if (!line.startsWith(SEPARATOR)) {
            return false;
        }
        String rest = line.substring(SEPARATOR.length()).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new InvalidYamlException("\"%s\" follows a document separator on its line; start a new line after %s"
                    .formatted(rest.substring(0, Math.min(rest.length(), 40)), SEPARATOR));
        }
        return true;
    }

    private static void addTo(List<String> documents, StringBuilder document) {
        if (!document.isEmpty()) {
            documents.add(document.toString());
        }
    }
}
