import React, { useState, useEffect } from 'react';
export default function App() {
  const [todos, setTodos] = useState([]);
  const [text, setText] = useState('');
  const [selected, setSelected] = useState(null);
  useEffect(() => {
    const saved = localStorage.getItem('todos');
    if (saved) setTodos(JSON.parse(saved));
  }, []);
  const add = (e) => {
    e.preventDefault();
    setTodos([...todos, { id: Date.now(), text, done: false }]);
    setText('');
  };
  const toggle = (id) => setTodos(todos.map((t) => (t.id === id ? { ...t, done: !t.done } : t)));
  return (
    <div style={{ maxWidth: 400, margin: '0 auto' }}>
      <form onSubmit={add}><input value={text} onChange={(e) => setText(e.target.value)} placeholder="What next?" /><button>Add</button></form>
      <ul>{todos.map((t) => <li key={t.id} onClick={() => { toggle(t.id); setSelected(t); }}>{t.text}</li>)}</ul>
      {selected && <p>{selected.text}</p>}
    </div>
  );
}
