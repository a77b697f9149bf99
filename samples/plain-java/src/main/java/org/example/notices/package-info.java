/** A notice to many, mailed by a program without a server. */
package org.example.notices;
