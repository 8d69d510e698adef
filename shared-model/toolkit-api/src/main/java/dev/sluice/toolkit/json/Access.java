package dev.sluice.toolkit.json;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;

/** Access to the constructors and methods of records. */
final class Access {

    private Access() {}

    /**
     * Makes a member accessible, only if it is not: records need not be public, and a module that exports a public record
     * need not open its package.
     */
    static <M extends AccessibleObject & Member> M to(M member) {
        Class<?> owner = member.getDeclaringClass();
        boolean accessible = Modifier.isPublic(member.getModifiers())
                && Modifier.isPublic(owner.getModifiers())
                && owner.getModule().isExported(owner.getPackageName(), Access.class.getModule());
        if (!accessible) {
            member.setAccessible(true);
        }
        return member;
    }
}
