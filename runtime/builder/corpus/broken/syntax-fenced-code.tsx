// expect: imports/no_default_export src/App.tsx
```tsx
export default () => <p>x</p>;
```
