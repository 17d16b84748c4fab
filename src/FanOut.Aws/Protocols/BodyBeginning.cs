using System.Security.Cryptography;

namespace FanOut.Aws.Protocols;

/// <summary>What the bodies of several requests begin with, written and hashed once for all of them.</summary>
/// <remarks>Thread-safe, once it is written.</remarks>
/// <param name="written">What was written; disposed of with this.</param>
internal sealed class BodyBeginning(RequestBody written) : IDisposable
{
    // Public from .NET 10 on, which the function has. The module, which may run on .NET 8, hashes for each request what it begins with.
    private static readonly Func<IncrementalHash, IncrementalHash>? Clone = typeof(IncrementalHash).GetMethod("Clone", [])?.CreateDelegate<Func<IncrementalHash, IncrementalHash>>();

    private readonly object _gate = new();
    private IncrementalHash? _hash;

    /// <summary>How many bytes it has.</summary>
    public int Length => written.Length;

    /// <summary>SHA-256 of it, to which a request adds what its body goes on with.</summary>
    public IncrementalHash StartHash()
    {
        if (Clone is null)
        {
            return HashWritten();
        }

        lock (_gate)
        {
            return Clone(_hash ??= HashWritten());
        }
    }

    /// <summary>Sends it.</summary>
    public Task SendAsync(Stream stream, CancellationToken cancellationToken) => written.SendAsync(stream, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _hash?.Dispose();
        }

        written.Dispose();
    }

    private IncrementalHash HashWritten()
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(written.Written);
        return hash;
    }
}
