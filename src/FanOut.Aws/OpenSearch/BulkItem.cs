namespace FanOut.Aws.OpenSearch;

/// <summary>The result of an action of a <c>_bulk</c> call whose status is not 2xx.</summary>
/// <param name="Index">Its position in the request, from 0.</param>
/// <param name="Status">Its HTTP status: 400, 404, 409, 429, 503 …; 0: it could not be read, or was a success with an error beside it.</param>
/// <param name="ErrorType">The error's type, such as <c>mapper_parsing_exception</c>; empty if there is no error object.</param>
/// <param name="ErrorReason">The error's reason.</param>
public readonly record struct BulkItem(int Index, int Status, string ErrorType, string ErrorReason)
{
    /// <summary>The error's type, cut.</summary>
    public string ErrorType { get; init; } = OutsideText.Cut(ErrorType, OutsideText.MostOfWord);

    /// <summary>The error's reason, cut: it may quote a whole field.</summary>
    public string ErrorReason { get; init; } = OutsideText.Cut(ErrorReason);
}
