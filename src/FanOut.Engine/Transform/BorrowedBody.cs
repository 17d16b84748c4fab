namespace FanOut.Engine.Transform;

/// <summary>What a request is made of, and others perhaps too.</summary>
/// <param name="body">What it is made of.</param>
/// <param name="giveBack">Gives it back, or disposes of it.</param>
/// <typeparam name="T">What it is.</typeparam>
internal sealed class BorrowedBody<T>(T body, Action giveBack) : IDisposable
{
    /// <summary>What it is made of; not to be read any more after <see cref="Dispose"/>.</summary>
    public T Body => body;

    /// <summary>Gives it back.</summary>
    public void Dispose() => giveBack();
}
