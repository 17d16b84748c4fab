using System.Text;
using FanOut.Engine.Targets;

namespace FanOut.EndToEnd.Caches;

/// <summary>Writes of the tests.</summary>
internal static class Entry
{
    public static CacheEntry Set(string key, string value) => Set(key, Encoding.UTF8.GetBytes(value));

    public static CacheEntry Set(string key, byte[] value) => new(Encoding.UTF8.GetBytes(key), value, Delete: false);

    public static CacheEntry Delete(string key) => new(Encoding.UTF8.GetBytes(key), default, Delete: true);
}
