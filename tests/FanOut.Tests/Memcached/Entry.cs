using System.Text;
using FanOut.Engine.Targets;

namespace FanOut.Tests.Memcached;

/// <summary>Writes of the tests.</summary>
internal static class Entry
{
    public static CacheEntry Set(string key, string value = "v") => new(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value), Delete: false);

    public static CacheEntry Delete(string key) => new(Encoding.UTF8.GetBytes(key), default, Delete: true);
}
