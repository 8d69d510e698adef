package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The fenced blocks of a page, with the words after their language. */
record FencedBlocks(List<MatchResult> blocks) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*.*?)\\n(.*?)^```$");

    static FencedBlocks of(String page) {
        return new FencedBlocks(BLOCK.matcher(Repository.read(page)).results().toList());
    }

    /** The content of the only block with this text in its first line or in its content. */
    String block(String text) {
        List<String> found = blocks.stream()
                .filter(block -> block.group().contains(text))
                .map(block -> block.group(2))
                .toList();
        assertThat(found).as(text).hasSize(1);
        return found.get(0);
    }
}
