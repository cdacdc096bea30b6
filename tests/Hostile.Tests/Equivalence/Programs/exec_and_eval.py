namespace = {}
exec('def f(): return 1 / 0', namespace)
namespace['f']()
