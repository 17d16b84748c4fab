namespace FanOut.DeadLetters;

/// <summary>What a letter says, whatever its form.</summary>
internal sealed record LetterFacts
{
    /// <inheritdoc cref="FanOutDeadLetter.LetterType"/>
    public required string LetterType { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Id"/>
    public string? Id { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.SourceArn"/>
    public string? SourceArn { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Type"/>
    public string? Type { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Destination"/>
    public string? Destination { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Class"/>
    public string? Class { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Code"/>
    public string? Code { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Attempts"/>
    public int? Attempts { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Records"/>
    public int? Records { get; init; }

    /// <summary>When it was tried last, or given up.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When it was tried first.</summary>
    public DateTimeOffset? FirstAttempt { get; init; }

    /// <summary>When the record came to its source.</summary>
    public DateTimeOffset? ArrivalTime { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.ShardId"/>
    public string? ShardId { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.SequenceNumber"/>
    public string? SequenceNumber { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.LastSequenceNumber"/>
    public string? LastSequenceNumber { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.SubSequenceNumber"/>
    public int? SubSequenceNumber { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Key"/>
    public string? Key { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.RequestId"/>
    public string? RequestId { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Data"/>
    public byte[]? Data { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.DataOmitted"/>
    public string? DataOmitted { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Problem"/>
    public string? Problem { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.FunctionName"/>
    public string? FunctionName { get; init; }

    /// <inheritdoc cref="FanOutDeadLetter.Content"/>
    public LetterContent? Content { get; init; }

    /// <summary>The letter as cmdlets output it.</summary>
    public FanOutDeadLetter ToLetter(LetterPosition at) => new()
    {
        LetterType = LetterType,
        Id = Id,
        SourceArn = SourceArn,
        Type = Type,
        Destination = Destination,
        Class = Class,
        Code = Code,
        Reason = Reason,
        Attempts = Attempts,
        Records = Records,
        Time = (Time ?? at.Stored.Stored)?.LocalDateTime,
        FirstAttempt = FirstAttempt?.LocalDateTime,
        ArrivalTime = ArrivalTime?.LocalDateTime,
        ShardId = ShardId,
        SequenceNumber = SequenceNumber,
        LastSequenceNumber = LastSequenceNumber,
        SubSequenceNumber = SubSequenceNumber,
        Key = Key,
        RequestId = RequestId,
        Data = Data,
        DataOmitted = DataOmitted,
        Problem = Problem,
        DeadLetter = at.DeadLetter,
        MessageId = at.Stored.MessageId,
        ReceiptHandle = at.Stored.ReceiptHandle,
        ReceiveCount = at.Stored.ReceiveCount,
        ObjectKey = at.Stored.ObjectKey,
        Line = at.Stored.Line,
        StoredTime = at.Stored.Stored?.LocalDateTime,
        Body = at.Stored.Body,
        FunctionName = FunctionName,
        Region = at.Region,
        Content = Content,
    };
}
