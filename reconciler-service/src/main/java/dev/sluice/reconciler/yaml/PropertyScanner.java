package dev.sluice.reconciler.yaml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads anchors, aliases, tags and directives. */
final class PropertyScanner {

    /** Predefined tag handles and their prefixes. */
    static final Map<String, String> HANDLES = Map.of("!", "!", "!!", "tag:yaml.org,2002:");

    private static final String NO_HANDLE = "";
    private static final String AFTER_ANCHOR = "?:,]}%@`";
    private static final String TAG_CHARACTERS = ";/?:@&=+$,.!~*'()[]%";

    private final YamlText text;

    PropertyScanner(YamlText text) {
        this.text = text;
    }

    YamlToken anchor() {
        YamlMark start = text.mark();
        boolean alias = text.take() == '*';
        String name = word();
        if (name.isEmpty() || !(text.endsWord(0) || AFTER_ANCHOR.indexOf(text.peek()) >= 0)) {
            throw text.error(
                    "the name of an anchor or alias may contain letters, digits, - and _ only; rename it, or quote"
                            + " the text");
        }
        return YamlToken.of(alias ? YamlToken.Kind.ALIAS : YamlToken.Kind.ANCHOR, start, name);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (YamlCharacters.isWord(text.peek())) {
            word.appendCodePoint(text.take());
        }
        return word.toString();
    }

    YamlToken tag() {
        YamlMark start = text.mark();
        YamlToken tag = text.peek(1) == '<' ? verbatimTag(start) : shorthandTag(start);
        if (!text.endsWord(0)) {
            throw text.error("a tag must be followed by a space; add one, or quote the text");
        }
        return tag;
    }

    private YamlToken verbatimTag(YamlMark start) {
        text.skip(2);
        String tag = uri(false, "");
        if (text.peek() != '>') {
            throw text.error("a tag that starts with !< must end with >");
        }
        text.take();
        return tag(start, NO_HANDLE, tag);
    }

    private YamlToken shorthandTag(YamlMark start) {
        String handle = handle();
        if (handle.length() > 1 && handle.endsWith("!")) {
            return tag(start, handle, uri(false, ""));
        }
        String suffix = uri(true, handle.substring(1));
        return suffix.isEmpty() ? tag(start, NO_HANDLE, "!") : tag(start, "!", suffix);
    }

    private static YamlToken tag(YamlMark start, String handle, String suffix) {
        return new YamlToken(YamlToken.Kind.TAG, start, suffix, handle);
    }

    private String handle() {
        if (text.peek() != '!') {
            throw text.error("a tag must start with an exclamation mark");
        }
        text.take();
        String word = word();
        if (text.peek() != '!') {
            return "!" + word;
        }
        text.take();
        return "!" + word + "!";
    }

    private String uri(boolean mayBeEmpty, String begin) {
        StringBuilder uri = new StringBuilder(begin);
        boolean any = mayBeEmpty;
        while (YamlCharacters.isWord(text.peek()) || TAG_CHARACTERS.indexOf(text.peek()) >= 0) {
            if (text.peek() == '%') {
                uri.append(escapedCharacter());
            } else {
                uri.appendCodePoint(text.take());
            }
            any = true;
        }
        if (!any) {
            throw text.error("the tag has no name");
        }
        return uri.toString();
    }

    private String escapedCharacter() {
        int first = escapedByte();
        int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        byte[] bytes = new byte[length];
        bytes[0] = (byte) first;
        for (int i = 1; i < length; i++) {
            bytes[i] = (byte) escapedByte();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw text.error("the escapes in the tag are not a valid character");
        }
    }

    private int escapedByte() {
        int high = text.peek() == '%' ? Character.digit(text.peek(1), 16) : -1;
        int low = Character.digit(text.peek(2), 16);
        if (high < 0 || low < 0) {
            throw text.error("a percent sign in a tag must be followed by two hexadecimal digits");
        }
        text.skip(3);
        return high << 4 | low;
    }

    /** Reads a directive. The token's text is the prefix of a tag handle, or empty for another directive. */
    YamlToken directive() {
        YamlMark start = text.mark();
        text.take();
        String name = word();
        YamlToken directive = switch (name) {
            case "YAML" -> version(start);
            case "TAG" -> tagDirective(start);
            default ->
                throw new YamlSyntaxException(start, "unknown directive; quote text that starts with a percent sign");
        };
        text.skipBlanks();
        text.skipComment();
        if (!text.isBreakOrEnd()) {
            throw text.error("text after a directive; remove it");
        }
        text.takeBreak();
        return directive;
    }

    private YamlToken version(YamlMark start) {
        text.skipBlanks();
        StringBuilder version = new StringBuilder();
        while (YamlCharacters.isDigit(text.peek()) || text.peek() == '.') {
            version.appendCodePoint(text.take());
        }
        if (!version.toString().equals("1.1")) {
            throw new YamlSyntaxException(
                    start, "unsupported YAML version: only 1.1 is supported; remove the directive");
        }
        return YamlToken.of(YamlToken.Kind.DIRECTIVE, start);
    }

    private YamlToken tagDirective(YamlMark start) {
        text.skipBlanks();
        String handle = handle();
        boolean isHandle = handle.endsWith("!") && text.isBlank();
        text.skipBlanks();
        String prefix = isHandle ? uri(false, "") : "";
        if (!isHandle || !text.endsWord(0)) {
            throw text.error("a %TAG directive requires a handle, such as !e!, and a prefix");
        }
        return new YamlToken(YamlToken.Kind.DIRECTIVE, start, prefix, handle);
    }
}
