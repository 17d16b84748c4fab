namespace FanOut.Engine.Transform;

/// <summary>What requests of several targets have in common, such as what was written of the same payloads: made once, while one of them needs it.</summary>
/// <remarks>Nothing is kept for those who come later, so it never takes more memory than if each had its own. Thread-safe.</remarks>
internal sealed class SharedBodies
{
    private readonly Dictionary<(Type Kind, int First, int Count), Loan> _loans = [];

    /// <summary>What is made of some payloads, be it made already.</summary>
    /// <param name="first">The position of the first payload.</param>
    /// <param name="count">How many payloads there are, one behind the other.</param>
    /// <param name="make">Makes it; what is made of a kind depends on the payloads alone.</param>
    /// <typeparam name="T">The kind of what is made.</typeparam>
    public BorrowedBody<T> Borrow<T>(int first, int count, Func<T> make)
        where T : IDisposable
    {
        (Type, int, int) key = (typeof(T), first, count);
        lock (_loans)
        {
            if (!_loans.TryGetValue(key, out Loan? loan))
            {
                _loans.Add(key, loan = new Loan(make()));
            }

            loan.Borrowers++;
            return new BorrowedBody<T>((T)loan.Body, () => TakeBack(key, loan));
        }
    }

    private void TakeBack((Type Kind, int First, int Count) key, Loan loan)
    {
        lock (_loans)
        {
            if (--loan.Borrowers > 0)
            {
                return;
            }

            _loans.Remove(key);
        }

        loan.Body.Dispose();
    }

    private sealed class Loan(IDisposable body)
    {
        public IDisposable Body => body;

        public int Borrowers { get; set; }
    }
}
