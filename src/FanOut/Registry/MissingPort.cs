using System.Globalization;
using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>A cache's destination that names no port.</summary>
internal static class MissingPort
{
    /// <summary>Says which port is taken.</summary>
    /// <returns>A sentence; null: the destination is no cache, or names its port.</returns>
    public static string? Of(Mapping mapping) =>
        mapping.Destination is CacheDestination cache && !cache.Text.Contains(string.Create(CultureInfo.InvariantCulture, $":{cache.Port}"), StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"The destination '{cache.Display}' of the target '{mapping.Id}' names no port: {cache.Port} is taken.")
            : null;
}
