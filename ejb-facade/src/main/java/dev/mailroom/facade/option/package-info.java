/** Constants of the operations that receive, and of those around sending. */
package dev.mailroom.facade.option;
