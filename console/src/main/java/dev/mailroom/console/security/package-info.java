/**
 * Who may use the console: one user, HTTP Basic on everything, headers that keep a browser from being misused. A
 * configured password is compared in constant time; without one a random password lives as long as the process. Wrong
 * ones are answered ever more slowly.
 */
package dev.mailroom.console.security;
