using FanOut.EndToEnd.Cmdlets;
using FanOut.EndToEnd.Servers;

namespace FanOut.EndToEnd.Deployment;

/// <summary>One PowerShell session for many publications at moto; <c>$one</c> and <c>$other</c> are packages, the first of them the default.</summary>
public sealed class PublishingSession : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private MotoSession? _session;

    /// <summary>A package.</summary>
    public string One => Path.Join(_folder.Path, "one.zip");

    /// <summary>Another package.</summary>
    public string Other => Path.Join(_folder.Path, "other.zip");

    /// <summary>The session, which is started when a test asks for it first.</summary>
    internal async Task<MotoSession> StartAsync(MotoServer moto)
    {
        if (_session is null)
        {
            _session = await MotoSession.StartAsync(moto, $"publishing-{Guid.NewGuid():N}");
            _session.Run($$"""
                $one = '{{Package.Write(One)}}'
                $other = '{{Package.Write(Other, "two")}}'
                $PSDefaultParameterValues['Publish-FanOutFunction:PackagePath'] = $one
                """).ThrowIfFailed();
        }

        return _session;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session?.Dispose();
        _folder.Dispose();
    }
}
