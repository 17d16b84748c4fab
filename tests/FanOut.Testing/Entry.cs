using System.Text;
using FanOut.Engine.Targets;

namespace FanOut.Testing;

/// <summary>Writes to caches.</summary>
public static class Entry
{
    /// <summary>A value is set.</summary>
    public static CacheEntry Set(string key, string value = "v") => Set(key, Encoding.UTF8.GetBytes(value));

    /// <summary>A value is set.</summary>
    public static CacheEntry Set(string key, byte[] value) => new(Encoding.UTF8.GetBytes(key), value, Delete: false);

    /// <summary>A key is deleted.</summary>
    public static CacheEntry Delete(string key) => new(Encoding.UTF8.GetBytes(key), default, Delete: true);
}
