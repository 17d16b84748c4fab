using System.Collections.Concurrent;
using FanOut.LocalCloud.Http;
using FanOut.LocalCloud.Wire;

namespace FanOut.LocalCloud.Sqs;

/// <summary>The Simple Queue Service in its JSON protocol.</summary>
public sealed class SqsService : IService
{
    private readonly ConcurrentDictionary<string, SqsQueue> _queues = new(StringComparer.Ordinal);
    private readonly CloudOptions _options;
    private readonly Func<Uri> _endpoint;
    private readonly MessageSending _sending;
    private readonly OperationTable _operations;

    internal SqsService(CloudOptions options, Func<Uri> endpoint)
    {
        (_options, _endpoint) = (options, endpoint);
        QueueDescriptions descriptions = new(this);
        _sending = new MessageSending(this);
        MessageReceiving receiving = new(this, options.TimeProvider);
        _operations = new()
        {
            ["CreateQueue"] = descriptions.Create,
            ["DeleteQueue"] = descriptions.Delete,
            ["ListQueues"] = descriptions.List,
            ["GetQueueUrl"] = descriptions.GetUrl,
            ["GetQueueAttributes"] = descriptions.GetAttributes,
            ["SetQueueAttributes"] = descriptions.SetAttributes,
            ["PurgeQueue"] = descriptions.Purge,
            ["SendMessage"] = _sending.SendOne,
            ["SendMessageBatch"] = _sending.SendMany,
            ["DeleteMessage"] = receiving.Delete,
            ["DeleteMessageBatch"] = receiving.DeleteMany,
            ["ChangeMessageVisibility"] = receiving.ChangeVisibility,
            ["ChangeMessageVisibilityBatch"] = receiving.ChangeVisibilityOfMany,
        };
        _operations.Add("ReceiveMessage", receiving.ReceiveAsync);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> SigningNames { get; } = ["sqs"];

    /// <summary>Every message that queues accepted, from senders and from topics; the destination is the queue's ARN.</summary>
    public Journal<Arrival> Received { get; } = new();

    /// <summary>All queues.</summary>
    public IReadOnlyCollection<SqsQueue> Queues => [.. _queues.Values];

    /// <summary>Makes a queue; an existing one with the same attributes is returned.</summary>
    /// <param name="name">Its name; that of a FIFO queue ends in <c>.fifo</c>.</param>
    /// <param name="attributes">Its attributes, as in CreateQueue; null, the default, for none.</param>
    /// <param name="region">Its region; null, the default, for the cloud's.</param>
    /// <param name="accountId">Its account; null, the default, for the cloud's.</param>
    /// <exception cref="ServiceException">QueueNameExists: it exists with other attributes.</exception>
    public SqsQueue CreateQueue(string name, IReadOnlyDictionary<string, string>? attributes = null, string? region = null, string? accountId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        attributes ??= new Dictionary<string, string>();
        accountId ??= _options.AccountId;
        bool fifo = attributes.TryGetValue("FifoQueue", out string? flag) && flag.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (fifo && !name.EndsWith(".fifo", StringComparison.Ordinal))
        {
            throw new ServiceException("InvalidParameterValue", "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }

        SqsQueue queue = new(
            ArnText.Of("sqs", region ?? _options.Region, accountId, name),
            new Uri(_endpoint(), $"/{accountId}/{name}"),
            attributes,
            _options.TimeProvider.GetUtcNow());
        SqsQueue there = _queues.GetOrAdd(queue.Arn, queue);
        return attributes.All(attribute => there.Attributes.TryGetValue(attribute.Key, out string? value) && value == attribute.Value)
            ? there
            : throw new ServiceException("QueueNameExists", "A queue already exists with the same name and a different value for an attribute.") { QueryCode = "QueueAlreadyExists" };
    }

    /// <summary>Removes a queue; nothing happens when there is none with this ARN.</summary>
    public void DeleteQueue(string arn) => _queues.TryRemove(arn, out _);

    /// <summary>The queue with this ARN, or with this name in the cloud's own account and region; null when there is none.</summary>
    public SqsQueue? Find(string nameOrArn)
    {
        ArgumentNullException.ThrowIfNull(nameOrArn);
        return _queues.GetValueOrDefault(nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
            ? nameOrArn
            : ArnText.Of("sqs", _options.Region, _options.AccountId, nameOrArn));
    }

    /// <summary>Puts a message into a queue, as another sender would.</summary>
    /// <param name="nameOrArn">The queue; not a FIFO one.</param>
    /// <param name="body">The message's body.</param>
    public void Send(string nameOrArn, string body)
    {
        SqsQueue queue = Find(nameOrArn) ?? throw new ArgumentException($"There is no queue {nameOrArn}.", nameof(nameOrArn));
        _sending.Take(queue, new Messages.Message(body, new()), call: 0, _options.TimeProvider.GetUtcNow());
    }

    /// <inheritdoc/>
    public CallSubject Identify(ServiceCall serviceCall)
    {
        ArgumentNullException.ThrowIfNull(serviceCall);
        string operation = serviceCall.NamedOperation();
        return serviceCall.Json.Text("QueueUrl") is { } url ? new CallSubject(operation, ArnOf(url, serviceCall))
            : serviceCall.Json.Text("QueueName") is { } name ? new CallSubject(
                operation, ArnText.Of("sqs", serviceCall.Region, serviceCall.Json.Text("QueueOwnerAWSAccountId") ?? serviceCall.AccountId, name))
            : new CallSubject(operation);
    }

    /// <inheritdoc/>
    public Task<HttpResponse> AnswerAsync(ServiceCall serviceCall, CancellationToken cancellationToken) =>
        _operations.AnswerAsync(serviceCall, cancellationToken);

    /// <summary>Puts a message of another service into a queue; it is lost if there is no such queue.</summary>
    internal void Deliver(string queueArn, Messages.Message message, int call, DateTimeOffset time)
    {
        if (_queues.GetValueOrDefault(queueArn) is { } queue)
        {
            _sending.Take(queue, queue.IsFifo ? message : message with { DeduplicationId = null }, call, time);
        }
    }

    internal SqsQueue Resolve(ServiceCall call)
    {
        string arn = call.Destination
            ?? throw new ServiceException("MissingParameter", "The request must contain the parameter QueueUrl.");
        return _queues.GetValueOrDefault(arn) ?? throw new ServiceException(
            "QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = "AWS.SimpleQueueService.NonExistentQueue" };
    }

    // With all hosts (regional, legacy, dual-stack, VPC, local) the path is the same: account and name.
    private static string ArnOf(string url, ServiceCall call)
    {
        string[] path = Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) ? uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        return path.Length >= 2
            ? ArnText.Of("sqs", call.Region, path[^2], path[^1])
            : throw new ServiceException("InvalidAddress", $"The address {url} is not valid for this endpoint.");
    }
}
