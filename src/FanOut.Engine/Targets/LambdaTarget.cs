using FanOut.Aws.Lambda;
using FanOut.Aws.Protocols;
using FanOut.Engine.Batching;
using FanOut.Engine.Mappings;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>A Lambda function, invoked asynchronously with <c>{"Records":[…]}</c>, within the size limit of such an invocation.</summary>
internal sealed class LambdaTarget : ITarget
{
    private readonly AmazonLambdaClient _client;
    private readonly FunctionDestination _function;

    public LambdaTarget(Mapping mapping, AmazonLambdaClient client)
    {
        _client = client;
        _function = (FunctionDestination)mapping.Destination;
        Form = mapping.Passthrough ? PayloadForm.Passthrough : PayloadForm.EventRecord;
        int callBytes = mapping.MaxBatchBytes ?? 1_048_576;
        Limits = new Limits(10_000, Math.Min(mapping.MaxItemBytes ?? callBytes, callBytes), callBytes, Messages.JsonFrame, 1);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form { get; }

    public IItemCutter Cutter { get; }

    public CallOrder CallOrder => CallOrder.AsOne;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        int size = Messages.JsonFrame + items.Length;
        foreach (ref readonly Item item in items.Span)
        {
            size += item.Bytes;
        }

        using var payload = new RequestBody(size);
        for (int i = 0; i < items.Length; i++)
        {
            payload.Write(i == 0 ? "{\"Records\":["u8 : ","u8);
            payload.Write(batch[items.Span[i].First].Data.Content.Span);
        }

        payload.Write("]}"u8);
        var request = new InvokeRequest { FunctionName = _function.FunctionName, Qualifier = _function.Qualifier, Payload = payload };
        InvokeResponse response = await _client.InvokeAsync(request, cancellationToken).ConfigureAwait(false);

        // 202 means queued: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. Any other success did not come from Lambda.
        UntrustworthyAnswerException.ThrowIfNot("Invoke", 202, (int)response.HttpStatusCode);
        return Receipt.AllTaken;
    }

    public ValueTask DisposeAsync() => default;

    private static int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        failure = null;
        return payload.Data.Content.Length;
    }
}
