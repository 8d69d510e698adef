package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a documentation page in order, with their expected output. */
final class PageCommands {

    private static final Pattern PART = Pattern.compile("(?m)^## (.+)$|^ *```(\\w*)\\n((?:.*\\n)*?) *```$");

    private PageCommands() {}

    /** A block of commands, its heading, and the block without a language that follows it, if any. */
    record Block(String section, String commands, Optional<String> printed) {

        private Block withPrinted(String text) {
            return new Block(section, commands, Optional.of(text));
        }
    }

    static List<Block> of(String markdown) {
        List<Block> blocks = new ArrayList<>();
        String section = "Migrating";
        for (Matcher part = PART.matcher(markdown); part.find(); ) {
            if (part.group(1) != null) {
                section = part.group(1);
            } else if (part.group(2).equals("sh")) {
                // with its last line break, the end would count as a line without indentation
                String commands = part.group(3).stripTrailing().stripIndent() + "\n";
                blocks.add(new Block(section, commands, Optional.empty()));
            } else if (part.group(2).isEmpty()) {
                blocks.add(blocks.remove(blocks.size() - 1).withPrinted(part.group(3)));
            }
        }
        return blocks;
    }
}
