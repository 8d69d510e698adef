package dev.sluice.reconciler.yaml;

import java.io.IOException;
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

    /** The text of a file, of its documents, and of the longest value that is being read. */
    private static final long HEAP_BYTES_PER_BYTE = 16;

    /** A document without its text. */
    private static final long DOCUMENT_BYTES = 96;

    private static final String SEPARATOR = "---";

    private YamlDocuments() {}

    /** The documents in their order; one without content is an empty map. */
    public static List<Map<String, @Nullable Object>> read(byte[] content) throws IOException {
        List<Map<String, @Nullable Object>> documents = new ArrayList<>();
        read(content, YamlAllowance.UNLIMITED, documents::add);
        return documents;
    }

    /** Takes the documents of a file as they are read. */
    public interface Documents {
        void add(Map<String, @Nullable Object> document) throws IOException;
    }

    /** Heap for reading a file of this size, besides its values, which are taken from the allowance one by one. */
    public static long heapFor(long fileBytes) {
        return HEAP_BYTES_PER_BYTE * fileBytes;
    }

    /**
     * Reads document by document, in their order; one without content is an empty map.
     *
     * @throws InvalidYamlException if one is no YAML that can be used; those before it were taken
     * @throws IOException what the allowance throws
     */
    public static void read(byte[] content, YamlAllowance allowance, Documents documents) throws IOException {
        for (Document document : split(decode(content), allowance)) {
            documents.add(YamlReader.read(document.text, document.firstLine, allowance));
        }
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
    private static List<Document> split(String text, YamlAllowance allowance) throws IOException {
        List<Document> documents = new ArrayList<>();
        StringBuilder document = new StringBuilder();
        int line = 0;
        int firstLine = 0;
        for (int start = 0; start < text.length(); line++) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            boolean carriageReturn = newline > start && text.charAt(end - 1) == '\r';
            String content = text.substring(start, carriageReturn ? end - 1 : end);
            // a separator without a document before it is part of the next
            if (isSeparator(content, line) && !document.isEmpty()) {
                allowance.takeHeap(DOCUMENT_BYTES);
                addTo(documents, document, firstLine);
                firstLine = line + 1;
            } else {
                document.append(content).append('\n');
            }
            start = end + 1;
        }
        addTo(documents, document, firstLine);
        return documents;
    }

    private static boolean isSeparator(String text, int line) throws InvalidYamlException {
        if (!text.startsWith(SEPARATOR)) {
            return false;
        }
        String rest = text.substring(SEPARATOR.length()).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw new InvalidYamlException(
                    "line %d: \"%s\" follows a document separator on its line; start a new line after %s"
                            .formatted(line + 1, rest.substring(0, Math.min(rest.length(), 40)), SEPARATOR));
        }
        return true;
    }

    private static void addTo(List<Document> documents, StringBuilder document, int firstLine) {
        if (!document.isEmpty()) {
            documents.add(new Document(document.toString(), firstLine));
            document.setLength(0);
        }
    }

    /** A document, and how many lines of its file precede it. */
    private record Document(String text, int firstLine) {}
}
