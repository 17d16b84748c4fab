using FanOut.Engine.Batching;
using FanOut.Engine.Delivery;
using FanOut.Engine.Targets;
using FanOut.Engine.Transform;
using FanOut.Errors;

namespace FanOut.Local.Checks;

/// <summary>A target that tells of each call what was answered, if it was not taken.</summary>
/// <param name="target">The target, which stays its owner's.</param>
/// <param name="tell">Is told what the answer means, and whether the server was trusted.</param>
internal sealed class WatchedTarget(ITarget target, Action<Failure, bool> tell) : ITarget
{
    public Limits Limits => target.Limits;

    public PayloadForm Form => target.Form;

    public IItemCutter Cutter => target.Cutter;

    public bool IsOrdered => target.IsOrdered;

    public CallOrder CallOrder => target.CallOrder;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        try
        {
            Receipt receipt = await target.SendAsync(batch, items, cancellationToken).ConfigureAwait(false);
            if (receipt.Items is [var refused, ..])
            {
                tell(refused.Failure, true);
            }

            return receipt;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            tell(e is FanOutException known ? new Failure(FailureClass.Refused, known.ErrorId, known.Message) : Classify.Of(e), !IsDistrust(e));
            throw;
        }
    }

    public ValueTask DisposeAsync() => default;

    private static bool IsDistrust(Exception? e) => e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } || (e is not null && IsDistrust(e.InnerException));
}
