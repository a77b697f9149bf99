/**
 * The runnable jar as a process of its own, started and asked as a person would: {@code java -jar}, the banner's
 * lines, HTTP. Nothing here knows a class of the console.
 */
package dev.mailroom.it.jar;
