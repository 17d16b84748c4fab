namespace FanOut.Engine.Mappings;

/// <summary>Takes out of a text what may be a secret, so that an error can show the text. Rather too much than too little.</summary>
public static class Masked
{
    /// <summary>What stands for a secret.</summary>
    public const string Stars = "***";

    /// <summary>The text, with stars for what may be a user, a password or a key.</summary>
    /// <param name="text">A destination, well formed or not.</param>
    /// <param name="isCache">Whether a colon can only stand before a port, or before a password.</param>
    public static string Of(string text, bool isCache = false)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        string prefix = scheme < 0 ? "" : text[..(scheme + "://".Length)];
        string rest = text[prefix.Length..];

        // host,password=… as other clients write it, or ?auth=…: where the secret ends is anybody's guess.
        if (rest.Contains('=', StringComparison.Ordinal))
        {
            return prefix + Stars;
        }

        int at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            return prefix + Stars + rest[at..];
        }

        // redis://user:password with the host forgotten: what stands where a port belongs and is none.
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        return (scheme >= 0 || isCache) && colon >= 0 && !IsPort(rest.AsSpan(colon + 1)) ? prefix + rest[..colon] + ":" + Stars : text;
    }

    private static bool IsPort(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('/', '#', '?');
        ReadOnlySpan<char> port = end < 0 ? text : text[..end];
        return port.Length is > 0 and <= 5 && !port.ContainsAnyExceptInRange('0', '9');
    }
}
