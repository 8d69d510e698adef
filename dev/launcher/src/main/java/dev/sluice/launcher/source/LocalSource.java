package dev.sluice.launcher.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A local directory that is published as a GitRepository of the given name. */
public record LocalSource(String name, Path directory) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?");

    /**
     * Parses {@code NAME=DIR}.
     *
     * @throws IllegalArgumentException with a one-line message if the form is invalid or the directory does not exist
     */
    public static LocalSource parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "--source '%s': must have the form NAME=DIR, for example app=./deploy".formatted(text));
        }
        String name = text.substring(0, equals);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--source '%s': the name must consist of lower-case letters, digits and '-'".formatted(text));
        }
        Path directory = Path.of(text.substring(equals + 1)).toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("--source '%s': no such directory: %s".formatted(text, directory));
        }
        return new LocalSource(name, directory);
    }
}
