using System.Net;

namespace FanOut.Engine.Mappings;

/// <summary>Masks what may be a secret in a text, so that an error can show the text. In doubt it masks too much rather than too little.</summary>
public static class Masked
{
    /// <summary>What stands for a secret.</summary>
    public const string Stars = "***";

    /// <summary>The text, with stars for what may be a user, a password or a key.</summary>
    /// <param name="text">A destination, well formed or not.</param>
    /// <param name="isCache">Whether the text is a cache's, where a colon can only be followed by a port or a password.</param>
    public static string Of(string text, bool isCache = false)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        string prefix = scheme < 0 ? "" : text[..(scheme + "://".Length)];
        string rest = text[prefix.Length..];

        // host,password=… as other clients write it, or ?auth=…: it is not known where the secret ends.
        if (rest.Contains('=', StringComparison.Ordinal))
        {
            return prefix + Stars;
        }

        int at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            return prefix + Stars + rest[at..];
        }

        // redis://user:password where the host was forgotten: what is in the place of a port, but is not a number.
        // The colons of an IPv6 address, which stands in brackets, are its own.
        int address = rest.StartsWith('[') ? Math.Max(0, rest.IndexOf(']', StringComparison.Ordinal)) : 0;
        bool isAddress = address > 0 && IPAddress.TryParse(rest.AsSpan(1, address - 1), out _);
        int colon = rest.IndexOf(':', isAddress ? address : 0);
        return (scheme >= 0 || isCache) && colon >= 0 && !IsPort(rest.AsSpan(colon + 1)) ? prefix + rest[..colon] + ":" + Stars : text;
    }

    private static bool IsPort(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('/', '#', '?');
        ReadOnlySpan<char> port = end < 0 ? text : text[..end];
        return port.Length is > 0 and <= 5 && !port.ContainsAnyExceptInRange('0', '9');
    }
}
