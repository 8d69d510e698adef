package dev.sluice.controller.source;

import dev.sluice.toolkit.meta.ObjectKey;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/** What a status says about an exception. */
final class FailureText {

    private static final int MAX_SHOWN = 300;

    private FailureText() {}

    /** Returns the message, with the class if the message alone says nothing, such as the path of a missing file. */
    static String of(IOException failure) {
        String message = failure.getMessage();
        if (message == null
                || message.isBlank()
                || failure instanceof UnknownHostException
                || failure instanceof CharacterCodingException
                || (failure instanceof FileSystemException file && file.getReason() == null)) {
            return failure.toString();
        }
        return message;
    }

    /** Like {@link #of}; without the message of other exceptions, which could contain a secret. */
    static String of(Exception failure) {
        return failure instanceof IOException e ? of(e) : nameOf(failure);
    }

    /** Returns the name of an object, which can be any text. */
    static String shown(ObjectKey key) {
        String text = (key.namespace() + "/" + key.name()).replaceAll("\\p{Cntrl}", "?");
        return "'" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…") + "'";
    }

    /** Returns the short name of the class; anonymous classes have only the long one. */
    static String nameOf(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return name.isEmpty() ? failure.getClass().getName() : name;
    }
}
