namespace FanOut.Local.Plans;

/// <summary>A request that was not sent.</summary>
/// <param name="Method">Its HTTP method.</param>
/// <param name="Uri">Where it would have gone.</param>
/// <param name="Operation">The operation, as the service calls it: the last part of <c>X-Amz-Target</c>, or the form's <c>Action</c>; null: the path tells it.</param>
/// <param name="ContentType">The body's form; null: none.</param>
/// <param name="Body">The body, byte for byte.</param>
/// <param name="IdempotencyKey">By what its receiver tells it from another one; null: by the body, if at all.</param>
internal sealed record WrittenRequest(string Method, Uri Uri, string? Operation, string? ContentType, byte[] Body, string? IdempotencyKey = null);
