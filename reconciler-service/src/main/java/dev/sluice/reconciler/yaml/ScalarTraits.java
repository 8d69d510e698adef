package dev.sluice.reconciler.yaml;

import static dev.sluice.reconciler.yaml.YamlCharacters.isBlank;
import static dev.sluice.reconciler.yaml.YamlCharacters.isBreak;

/** The styles that preserve a text. */
record ScalarTraits(boolean multiline, boolean plainAllowed, boolean singleQuotedAllowed, boolean blockAllowed) {

    private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

    static ScalarTraits of(String text) {
        int[] characters = text.codePoints().toArray();
        if (characters.length == 0) {
            return new ScalarTraits(false, true, true, false);
        }
        boolean special = hasSpecial(characters);
        boolean breaks = text.codePoints().anyMatch(YamlCharacters::isBreak);
        boolean endsInSpace = characters[characters.length - 1] == ' ';
        boolean plain = !breaks && !special && !endsInSpace && characters[0] != ' ' && !hasIndicator(text, characters);
        return new ScalarTraits(breaks, plain, !special && !hasSpaceAfterBreak(characters), !special && !endsInSpace);
    }

    /**
     * Whether the text has characters that require double quotes, or spaces at the end of a line, which only double
     * quotes preserve.
     */
    private static boolean hasSpecial(int[] characters) {
        for (int i = 0; i < characters.length; i++) {
            boolean spaceBeforeBreak = i > 0 && characters[i - 1] == ' ' && isBreak(characters[i]);
            if (spaceBeforeBreak || !YamlCharacters.isPrintable(characters[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasSpaceAfterBreak(int[] characters) {
        for (int i = 1; i < characters.length; i++) {
            if (characters[i] == ' ' && isBreak(characters[i - 1])) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasIndicator(String text, int[] characters) {
        if (text.startsWith("---") || text.startsWith("...") || INDICATORS.indexOf(characters[0]) >= 0) {
            return true;
        }
        for (int i = 0; i < characters.length; i++) {
            boolean blankFollows = i + 1 == characters.length || isBlank(characters[i + 1]);
            boolean separates = characters[i] == ':' || (i == 0 && (characters[i] == '?' || characters[i] == '-'));
            boolean comment = characters[i] == '#' && i > 0 && isBlank(characters[i - 1]);
            if (comment || (separates && blankFollows)) {
                return true;
            }
        }
        return false;
    }
}
