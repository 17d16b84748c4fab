using FanOut.LocalCloud;
using Microsoft.Extensions.Time.Testing;

namespace FanOut.Tests.LocalCloud;

/// <summary>A fresh cloud for every test, its clock standing still, and a client of it.</summary>
public abstract class CloudTests : IAsyncDisposable
{
    private protected CloudTests()
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, 250, TimeSpan.Zero));
        Cloud = Cloud.Start(new CloudOptions { TimeProvider = Time });
        Aws = new AwsHttp(Cloud);
    }

    private protected FakeTimeProvider Time { get; }

    private protected Cloud Cloud { get; }

    private protected AwsHttp Aws { get; }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        Aws.Dispose();
        await Cloud.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
