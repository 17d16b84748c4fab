using System.Collections.Concurrent;
using FanOut.Engine.Mappings;

namespace FanOut.Annotations;

/// <summary>Has the CI service mask secrets that the module was given, each once in a process: a mask holds for the rest of the job.</summary>
/// <remarks>
/// To mask a secret is to write it where the service reads, and hides, it: only to the standard output itself, which no transcript has, and never to a terminal.
/// A background job of PowerShell has no standard output; nothing is written there.
/// </remarks>
internal static class MaskedSecrets
{
    private static readonly ConcurrentDictionary<string, bool> s_masked = new();

    /// <summary>Masks secrets.</summary>
    /// <param name="service">The service.</param>
    /// <param name="secrets">The secrets; null or blank: none.</param>
    public static void Add(CiService service, IEnumerable<string?> secrets)
    {
        if (!Console.IsOutputRedirected)
        {
            return;
        }

        foreach (string secret in secrets.OfType<string>())
        {
            if (!string.IsNullOrWhiteSpace(secret) && s_masked.TryAdd(secret, true))
            {
                foreach (string line in service.Mask(secret))
                {
                    Console.Out.WriteLine(line);
                }
            }
        }
    }

    /// <summary>The password in a destination: as it stands there, percent-encoded perhaps, and as it is.</summary>
    public static IEnumerable<string?> In(Destination? destination)
    {
        if (destination is not CacheDestination { Password: { } password } cache)
        {
            return [];
        }

        string encoded = cache.Text[..cache.Text.LastIndexOf('@')];
        int scheme = encoded.IndexOf("://", StringComparison.Ordinal);
        encoded = scheme < 0 ? encoded : encoded[(scheme + "://".Length)..];
        return [password, encoded[(encoded.IndexOf(':', StringComparison.Ordinal) + 1)..]];
    }
}
