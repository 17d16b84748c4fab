using System.Collections.Concurrent;

namespace FanOut.LocalCloud.S3;

/// <summary>A bucket of S3. Thread-safe.</summary>
public sealed class S3Bucket
{
    private readonly ConcurrentDictionary<string, S3Object> _objects = new(StringComparer.Ordinal);

    internal S3Bucket(string name, string region) => (Name, Region) = (name, region);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The region.</summary>
    public string Region { get; }

    /// <summary>The account that owns it; null, the default, for the caller's.</summary>
    public string? AccountId { get; set; }

    /// <summary>Its policy; null, the default, for none. It is only described, not enforced.</summary>
    public string? Policy { get; set; }

    /// <summary>The key of AWS KMS that encrypts its objects; null, the default, for S3's own.</summary>
    public string? KmsKey { get; set; }

    /// <summary>The ARN, which has neither region nor account.</summary>
    public string Arn => S3Service.ArnOf(Name, Region);

    /// <summary>The objects, in the order of their keys' UTF-8.</summary>
    public IReadOnlyList<S3Object> Objects => [.. _objects.Values.OrderBy(o => o.Key, StringComparer.Ordinal)];

    /// <summary>The object with a key; null when there is none.</summary>
    public S3Object? Find(string key) => _objects.GetValueOrDefault(key);

    internal void Put(S3Object put) => _objects[put.Key] = put;

    /// <summary>Replaces an object, or removes it (null), if it is still the one that was found.</summary>
    internal bool TryReplace(S3Object found, S3Object? put) => put is null
        ? _objects.TryRemove(new KeyValuePair<string, S3Object>(found.Key, found))
        : _objects.TryUpdate(found.Key, put, found);

    internal void Delete(string key) => _objects.TryRemove(key, out _);
}
