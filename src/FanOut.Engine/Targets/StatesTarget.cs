using System.Text;
using FanOut.Aws.StepFunctions;
using FanOut.Engine.Batching;
using FanOut.Engine.Json;
using FanOut.Engine.Mappings;
using FanOut.Engine.Templates;
using FanOut.Engine.Transform;

namespace FanOut.Engine.Targets;

/// <summary>A state machine of Step Functions: StartExecution with each record as the input, under a name that a repeat has too.</summary>
internal sealed class StatesTarget : ITarget
{
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#StepFunctions-StartExecution-request-input
    private const int MostInputBytes = 262_144;

    // The service says so of a name that it has seen within 90 days, with another input, or of an execution that has ended: the record was delivered before.
    private const string Before = "ExecutionAlreadyExists";

    private readonly AmazonStepFunctionsClient _client;
    private readonly StateMachineDestination _machine;
    private readonly string _mark;
    private readonly int _name;

    public StatesTarget(Mapping mapping, AmazonStepFunctionsClient client)
    {
        _client = client;
        _machine = (StateMachineDestination)mapping.Destination;
        _mark = Composer.MarkOf(mapping);
        _name = TextTemplates.NumberOf(mapping.Texts, MappingAttributes.DeduplicationId);
        int itemBytes = mapping.MaxItemBytes ?? MostInputBytes;
        Limits = new Limits(1, itemBytes, itemBytes);
        Cutter = new SingleItems(Measure, Limits);
    }

    public Limits Limits { get; }

    public PayloadForm Form => PayloadForm.Bytes;

    public IItemCutter Cutter { get; }

    public CallOrder CallOrder => CallOrder.AsOne;

    public async Task<Receipt> SendAsync(TargetBatch batch, ReadOnlyMemory<Item> items, CancellationToken cancellationToken)
    {
        Payload payload = batch[items.Span[0].First];
        var request = new StartExecutionRequest { StateMachineArn = _machine.Text, Name = NameOf(batch, payload), Input = payload.Data.Content };
        try
        {
            StartExecutionResponse response = await _client.StartExecutionAsync(request, cancellationToken).ConfigureAwait(false);
            return response.ExecutionArn is { Length: > 0 } ? Receipt.AllTaken : throw new UntrustworthyAnswerException("StartExecution answered without the execution's ARN.");
        }
        catch (AmazonStepFunctionsException e) when (e.ErrorCode == Before)
        {
            return Receipt.AllTaken;
        }
    }

    public ValueTask DisposeAsync() => default;

    // Letters, digits, - and _ are all that CloudWatch Logs takes of a name: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
    private ReadOnlyMemory<byte> NameOf(TargetBatch batch, in Payload payload)
    {
        if (_name >= 0)
        {
            return Keys.ForExecution(batch.TextOf(payload, _name));
        }

        // A part that is sent again out of its letter has its position in its number already.
        string number = Encoding.ASCII.GetString(batch.RecordOf(payload).SequenceNumber.Span).Replace('.', '_');
        return Keys.ForExecution(Encoding.ASCII.GetBytes(payload.IsSubRecord ? $"{number}_{payload.SubSequence}-{_mark}" : $"{number}-{_mark}"));
    }

    private static int Measure(TargetBatch batch, in Payload payload, out Failure? failure)
    {
        ReadOnlySpan<byte> input = payload.Data.Content.Span;
        failure = payload.IsJson || JsonText.IsJson(input) ? null : new Failure(FailureClass.Undecodable, "NotJson", "The record is not JSON, which the input of an execution must be.");
        return input.Length;
    }
}
