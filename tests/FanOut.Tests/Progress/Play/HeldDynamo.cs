using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace FanOut.Tests.Progress.Play;

/// <summary>A client of an invocation that stands still once it has noted its progress, until it is let go.</summary>
internal sealed class HeldDynamo(AWSCredentials credentials, AmazonDynamoDBConfig config) : AmazonDynamoDBClient(credentials, config)
{
    private readonly TaskCompletionSource _noted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it stands still when a note was put.</summary>
    public bool Holds { get; set; }

    /// <summary>Completes when a note was put.</summary>
    public Task Noted => _noted.Task;

    public void Release() => _released.TrySetResult();

    public override async Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
    {
        await WaitAsync();
        PutItemResponse response = await base.PutItemAsync(request, cancellationToken);
        if (Holds)
        {
            _noted.TrySetResult();
        }

        return response;
    }

    public override async Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default)
    {
        await WaitAsync();
        return await base.DeleteItemAsync(request, cancellationToken);
    }

    private Task WaitAsync() => _noted.Task.IsCompleted ? _released.Task : Task.CompletedTask;
}
